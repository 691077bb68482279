"""The engine of a service: the dataset in memory, answered by processes that can be killed.

    kg serve ── root                 holds the disk (RocksDB has threads, so it never forks); restarts a keeper
                 └─ keeper (gen 1)   one thread, the dataset in memory; forks the rest, watches them
                     ├─ worker …     answers one query at a time; a timer of its own kills it at the limit
                     └─ updater      a fork that applies one update to its copy of the dataset; once root has made it
                                     durable, the updater *is* the keeper of the next generation, with its own workers

A query that has spent some milliseconds is a long one: its priority sinks, and where there are more long ones than
processors, those run that have spent least while the others are paused; where there are far more, they leave one
processor free as long as short ones come, so that those find the machine as good as idle. Queries like those that were
long of late (`Habits`) begin so; those like short ones find a line to a worker that no other query may take, and where
all lines are in use they go before all others that wait for a worker.

Readers therefore see the old dataset or the new one, an update that runs away is a process that dies, and the memory
of an unchanged dataset is shared by all (copy on write). Clients find the sockets of the current generation through
one number in a shared page (`State`); a client that comes too late for a generation asks the next one.
"""
