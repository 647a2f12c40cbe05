"""The TIP Report and what follows from it: tiers, the Watch List, restrictions."""
