"""What it costs: measurements run by hand. Timings never stand in tests."""
