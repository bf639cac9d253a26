"""How many random examples a promise is tried on, by the word one typed."""

from hypothesis import HealthCheck, settings

# A shared machine stalls now and then: slowness is the benchmarks' matter, never a failed promise.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}

settings.register_profile("quick", max_examples=5, **PATIENT)
settings.register_profile("test", max_examples=25, **PATIENT)
settings.register_profile("deep", max_examples=200, **PATIENT)
settings.load_profile("test")
