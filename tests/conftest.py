"""How many random examples a promise is tried on, by the word one typed; and a process tuned as the app's is."""

from hypothesis import HealthCheck, settings

from effects.tuning import tune

tune()  # as the app does

# A shared machine stalls now and then: slowness is the benchmarks' matter, never a failed promise.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

settings.register_profile("quick", patient, max_examples=5)
settings.register_profile("test", patient, max_examples=25)
settings.register_profile("deep", patient, max_examples=200)
settings.load_profile("test")
