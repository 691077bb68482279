"""What LOAD and SERVICE may fetch: only from the hosts that the operator lists, within limits of time and size.

    hosts.py       which hosts may be asked, and which of their addresses
    http.py        one request over a connection to an address that was checked
    loading.py     LOAD as an insertion of what was fetched
    services.py    SERVICE as a table of the solutions that the other service gave

The engine itself fetches nothing: what it is given holds neither word any more.
"""
