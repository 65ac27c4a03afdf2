"""Language models: the embedded server, the client of any server, the one without a model."""
