"""Finding anything by what somebody types, also with a slip of the pen."""
