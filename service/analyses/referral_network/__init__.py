"""Who refers whom, how often it comes to business, and what it is worth."""
