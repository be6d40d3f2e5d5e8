"""The organisations that a page names: registered ones, and bodies found by how such bodies are named."""
