"""Results on disk: files written whole, manifests, Parquet, folders of runs."""
