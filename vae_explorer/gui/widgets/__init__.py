"""Controls that several views use; none knows a model."""
