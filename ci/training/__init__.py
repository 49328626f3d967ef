"""Learning the weights of the models from pages whose body is known; no part of the package."""
