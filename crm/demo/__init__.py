"""The demo region: invented, always the same from one seed, dated relative to today."""
