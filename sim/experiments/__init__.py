"""Running designs: factors, designs, simulation, evaluation, sweeps, storage."""
