"""The lifecycle of local standards, group standards and metrology technical specifications."""
