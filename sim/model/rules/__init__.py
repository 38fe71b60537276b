"""The rules of the model: scalar functions, numbers in and a number out, one concept a file.

They know ``math`` and nothing else: no state, no luck, no scenario. Only functions of ``math``
are used (never ``**`` nor NumPy), so that compiled and plain runs agree to the last bit.
"""
