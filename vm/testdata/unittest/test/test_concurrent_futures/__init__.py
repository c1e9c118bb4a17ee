"""The package's own modules are the installed ones, but for util, which there wants processes."""
