"""What the Python contestants share: inputs, timing, output. The twin of harness/*.mjs."""
