"""HTTP operations, one file a resource."""
