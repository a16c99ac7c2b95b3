"""`make bench`: what the house promises in figures, as ratios within one run on one machine."""

import click

from tests.bench import derivatives, watermark

WORKS = (derivatives.measured, watermark.measured)


def main() -> None:
    """Measure one work after the other, and print a table."""
    click.echo(f"{'work':58}{'found':>10}{'bar':>10}")
    for work in WORKS:
        for line in work():
            bar = f"{line.bar:.2f}" if line.bar else ""
            click.echo(f"{line.work:58}{line.found:10.2f}{bar:>10}{'' if line.is_met else '  not met'}")


if __name__ == "__main__":
    main()
