#!/usr/bin/python3
"""Builds the course's container images without a container engine.

Writes one docker-archive for `docker load` / `podman load` and the storage folder of a distribution registry that holds
the same images. Same input, same image ids. Knows nothing about the guest that it runs in beyond the two binaries named.
"""
import argparse
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import tarfile

CREATED = "2024-01-01T00:00:00Z"
MTIME = 1704067200
PATH = "PATH=/bin"
MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG_TYPE = "application/vnd.docker.container.image.v1+json"
LAYER_TYPE = "application/vnd.docker.image.rootfs.diff.tar.gzip"
PAGE = "<h1>lab web v%s</h1>\n"
REGISTRY_CONFIG = """version: 0.1
log:
  level: warn
storage:
  filesystem:
    rootdirectory: /var/lib/registry
  delete:
    enabled: true
http:
  addr: :5000
"""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Layer:
    """One layer: a tar made from entries, its gzip form and the digests of both."""

    def __init__(self, entries, created_by):
        self.tar = pack(entries)
        self.gzip = gzip.compress(self.tar, 6, mtime=0)
        self.diff_id = sha256(self.tar)
        self.digest = sha256(self.gzip)
        self.created_by = created_by


class Image:
    """Layers and settings under a name; the id is the digest of the configuration."""

    def __init__(self, name, tags, layers, config):
        self.name, self.tags, self.layers = name, tags, layers
        history = [{"created": CREATED, "created_by": layer.created_by} for layer in layers]
        history += [
            {"created": CREATED, "created_by": "/bin/sh -c #(nop)  " + text, "empty_layer": True}
            for text in settings_history(config)
        ]
        self.config = json.dumps(
            {
                "architecture": "amd64",
                "os": "linux",
                "created": CREATED,
                "config": config,
                "rootfs": {"type": "layers", "diff_ids": ["sha256:" + layer.diff_id for layer in layers]},
                "history": history,
            },
            separators=(",", ":"),
        ).encode()
        self.id = sha256(self.config)

    def manifest(self):
        """The registry's description of this image."""
        return json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST_TYPE,
                "config": {"mediaType": CONFIG_TYPE, "size": len(self.config), "digest": "sha256:" + self.id},
                "layers": [
                    {"mediaType": LAYER_TYPE, "size": len(layer.gzip), "digest": "sha256:" + layer.digest}
                    for layer in self.layers
                ],
            },
            indent=3,
        ).encode()


def settings_history(config):
    """What a Dockerfile would have left in the history for these settings."""
    for port in config.get("ExposedPorts", {}):
        yield "EXPOSE " + port
    yield "CMD " + json.dumps(config["Cmd"])


def folder(path, mode=0o755):
    return (path, "dir", None, mode)


def text(path, content, mode=0o644):
    return (path, "file", content.encode(), mode)


def binary(path, source):
    with open(source, "rb") as file:
        return (path, "file", file.read(), 0o755)


def link(path, target):
    return (path, "link", target, 0o777)


def pack(entries):
    """A tar in which nothing depends on the day or the builder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path, kind, content, mode in entries:
            info = tarfile.TarInfo(path)
            info.mtime, info.mode = MTIME, mode
            if kind == "dir":
                info.type = tarfile.DIRTYPE
                tar.addfile(info)
            elif kind == "link":
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def base_layer(busybox):
    """busybox and the few files that make it a small system."""
    names = subprocess.run([busybox, "--list"], check=True, capture_output=True, text=True).stdout.split()
    entries = [folder(path) for path in ("bin", "etc", "root", "var", "www")] + [folder("tmp", 0o1777)]
    entries.append(binary("bin/busybox", busybox))
    entries += [link("bin/" + name, "busybox") for name in names if name != "busybox"]
    entries += [
        text("etc/os-release", 'NAME="Lab Base"\nVERSION_ID="1.0"\n'),
        text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"),
        text("etc/group", "root:x:0:\n"),
    ]
    return Layer(entries, "COPY rootfs/ / # buildkit")


def registry_layer(program):
    """The distribution registry with the libraries that it is linked to."""
    listing = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    libraries = sorted(set(re.findall(r"(/\S+) \(0x", listing)))
    folders = {os.path.dirname(path).lstrip("/") for path in libraries}
    parents = sorted({"/".join(f.split("/")[: i + 1]) for f in folders for i in range(f.count("/") + 1)})
    entries = [folder(path) for path in parents]
    entries += [binary(path.lstrip("/"), path) for path in libraries]
    entries += [
        binary("bin/registry", program),
        folder("etc/docker"),
        folder("etc/docker/registry"),
        text("etc/docker/registry/config.yml", REGISTRY_CONFIG),
        folder("var/lib"),
        folder("var/lib/registry"),
    ]
    return Layer(entries, "COPY registry/ / # buildkit")


def course_images(busybox, program):
    base = base_layer(busybox)
    images = [Image("lab/base", ["1.0"], [base], {"Env": [PATH], "Cmd": ["sh"]})]
    # On purpose: latest is the older of the two.
    for version, tags in (("1", ["1.0", "latest"]), ("2", ["2.0"])):
        page = Layer([folder("www"), text("www/index.html", PAGE % version)], "COPY index.html /www/index.html # buildkit")
        config = {
            "Env": [PATH],
            "Cmd": ["httpd", "-f", "-v", "-p", "80", "-h", "/www"],
            "ExposedPorts": {"80/tcp": {}},
        }
        images.append(Image("lab/web", tags, [base, page], config))
    config = {
        "Env": [PATH],
        "Cmd": ["registry", "serve", "/etc/docker/registry/config.yml"],
        "ExposedPorts": {"5000/tcp": {}},
        "Volumes": {"/var/lib/registry": {}},
    }
    images.append(Image("lab/registry", ["1"], [base, registry_layer(program)], config))
    return images


def write_archive(images, path):
    """One docker-archive for all images; a shared layer is in it once."""
    manifest, files = [], {}
    for image in images:
        files[image.id + ".json"] = image.config
        for layer in image.layers:
            files[layer.diff_id + "/layer.tar"] = layer.tar
        manifest.append(
            {
                "Config": image.id + ".json",
                "RepoTags": [f"{image.name}:{tag}" for tag in image.tags],
                "Layers": [layer.diff_id + "/layer.tar" for layer in image.layers],
            }
        )
    files["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), MTIME, 0o644
            tar.addfile(info, io.BytesIO(data))


def put(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def write_hub(images, root):
    """The registry's own storage layout: blobs by digest, links by repository and tag."""
    root = os.path.join(root, "docker/registry/v2")

    def blob(data):
        digest = sha256(data)
        put(f"{root}/blobs/sha256/{digest[:2]}/{digest}/data", data)
        return digest

    for image in images:
        repository = f"{root}/repositories/{image.name}"
        for data in [image.config] + [layer.gzip for layer in image.layers]:
            digest = blob(data)
            put(f"{repository}/_layers/sha256/{digest}/link", b"sha256:" + digest.encode())
        digest = blob(image.manifest())
        target = b"sha256:" + digest.encode()
        put(f"{repository}/_manifests/revisions/sha256/{digest}/link", target)
        for tag in image.tags:
            put(f"{repository}/_manifests/tags/{tag}/current/link", target)
            put(f"{repository}/_manifests/tags/{tag}/index/sha256/{digest}/link", target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("busybox", "registry", "archive", "hub", "summary"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    images = course_images(options.busybox, options.registry)
    write_archive(images, options.archive)
    write_hub(images, options.hub)
    summary = [
        {"name": f"{image.name}:{tag}", "id": "sha256:" + image.id, "digest": "sha256:" + sha256(image.manifest())}
        for image in images
        for tag in image.tags
    ]
    put(options.summary, json.dumps(summary, separators=(", ", ": ")).encode())


if __name__ == "__main__":
    main()
