"""Many runs at once: sweeps, comparisons beyond chance, remedies, and two ways of computing that must agree."""
