"""The document model: papers made of statements, each of which rests on evidence; rendered elsewhere."""
