"""What bodies do: members, resolutions, mandates, reviews, recommendations, engagements."""
