"""What a fact is: records, value types, vocabularies and their Arrow tables. Imports nothing else of ours."""
