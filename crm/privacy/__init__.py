"""Personal data: what the store holds of somebody, told to them, and taken away by a disposal decision."""
