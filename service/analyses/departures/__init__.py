"""Whose is the network: the firm's, or that of the people who may leave it?"""
