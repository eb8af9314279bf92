"""Measurements that are repeated by hand or by `make bench`, and reported with the machine they ran on."""
