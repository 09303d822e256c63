"""Fuzzing: a served service is attacked from its published contract, and each answer is judged.

`command` runs schemathesis as anybody would; `traffic` reads what it recorded; `probes` adds what
it sends too little of; `verdict` judges each exchange by the contract alone, and `table` shows it.
"""
