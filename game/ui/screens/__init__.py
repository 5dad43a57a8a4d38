"""The screens, one module each; those that the first frame does not need are imported when they are opened."""
