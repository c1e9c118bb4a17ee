"""Features of the language that a program can ask for by name; all of them are there already, or are seen by the compiler."""

division = print_function = absolute_import = unicode_literals = with_statement = nested_scopes = generators = annotations = True
