"""The words that people read for the codes that the system keeps, in Chinese and in English."""
