"""The command line: argv, terminal, exit codes and streams, and nothing else."""
