"""What published studies say of efforts: a file of facts (`effects.yaml`), its schema, and its reader."""
