"""Reports on paper: a document of headings, texts, tables and pictures, written as HTML, Markdown, PDF or DOCX.

What stands in it is either all that a run found (`whole`), or what a template asks for: a folder with pages of Markdown
whose blanks name figures, rules and tables of the rulebook.
"""
