"""dbt's artefacts: the manifest, what its entries say of themselves, and what lies beside it."""
