"""Holdings of funds in the Tripartite Template (TPT) of FinDatEx."""
