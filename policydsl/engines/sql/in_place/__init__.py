"""Tables that stay where they are: what a rulebook needs of them is asked of their database.

| what | where |
|---|---|
| what a program hands in, and what a command names | `place`, `named` |
| a table or a view, as queries read it | `relation`, from `duckdb_tables`, `postgres_tables`, `spark_tables` |
| files, as queries read them | `parquet_files`, with `parquet_columns` and `arrow_schema` |
| what a value is as a cell | `native_cells` |
| how a column is read, so that it means what a file's column means | `columns`, `numbers`, `texts`, `mapped` |
| what is wrong with the rows, told as of rows that were read | `checking` |
| what is selected of the rows, and those that are needed here | `frame`, `fetched` |
| a table of the rulebook, on the day that is judged | `fitting` |
"""
