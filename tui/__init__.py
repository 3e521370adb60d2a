"""What a person touches: line commands and the full screen."""
