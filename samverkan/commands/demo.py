"""`samverkan demo`: the bundled sample web crawled from its archive."""

from samverkan.options import DEMO, Output, Quiet, Verbose


def demo(output: Output = DEMO, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Crawl a small bundled web, without any network, through the same spiders, parsers and pipelines as a live crawl."""
    from importlib.resources import as_file, files

    from samverkan.crawling import crawl_sites
    from samverkan.held import telling_of_held
    from samverkan.summary import tell_run
    from spiders.replay import replay_settings

    output = output.expanduser().absolute()
    with telling_of_held(output), as_file(files("samverkan") / "sample_web") as web:
        replay = replay_settings(web / "sample-web.warc.gz")
        settings = {"SAMVERKAN_KIND": "demo", "SAMVERKAN_SITES": str(web / "sites.toml"), **replay}
        manifest = crawl_sites(output, "Crawling the sample web", settings)
    tell_run(manifest, output)
