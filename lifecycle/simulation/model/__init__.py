"""What is simulated: stations and links, the scenario, its faults and its numbers, real days; and what is refused."""
