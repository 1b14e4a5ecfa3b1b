"""Statements of holdings from custodians: ISO 20022, semt.002."""
