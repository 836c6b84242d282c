"""A model of three classes, fitted to made-up gists and put where `gantang train` puts it; prints its number.

Run as a module beside the site. That a model is learned from decided matters is held by tests/advice.
"""


def main() -> None:
    """Fit and keep."""
    import django

    django.setup()
    from gantang.advice.fitting import fit
    from gantang.advice.models import Model
    from gantang.advice.rules import packing
    from gantang.kit import clock
    from tests.advice.test_rules import examples

    texts, labels = examples()
    model, measured = fit(texts, labels, [at * 5 // len(texts) for at in range(len(texts))])
    card = {"matters": len(texts), "classes": len(model.classes), **measured}
    print(Model.objects.create(made_at=clock.now(), weights=packing.pack(model), card=card).pk)


if __name__ == "__main__":
    main()
