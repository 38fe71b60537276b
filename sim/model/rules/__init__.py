"""The rules of the model: scalar functions, numbers in and a number out, one concept a file.

They use neither world, random draws nor scenario, and only functions of ``math`` (never ``**`` or
NumPy), so that compiled and plain runs agree to the last bit.
"""
