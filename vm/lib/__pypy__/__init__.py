"""The part of PyPy's own module that programs for its transactional version use."""
