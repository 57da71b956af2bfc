"""Does the network belong to the firm, or to the people who may leave it?"""
