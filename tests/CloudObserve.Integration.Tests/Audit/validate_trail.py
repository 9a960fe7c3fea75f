"""Validates an audit trail's directory with the AWS CLI's own code for `aws cloudtrail validate-logs`.

Usage: validate_trail.py DIRECTORY BUCKET ACCOUNT REGION TRAIL START END
Only the two services are replaced: S3 by the directory, and CloudTrail's list of public keys by public-key.pem.
Ends with 0 when everything is valid; prints the CLI's own report.
"""
import base64
import hashlib
import io
import os
import sys

import rsa
from awscli.customizations.cloudtrail.validation import CloudTrailValidateLogs, normalize_date, parse_date
from botocore.exceptions import ClientError

directory, bucket, account, region, trail, start, end = sys.argv[1:8]


class Pages:
    def __init__(self, keys):
        self._keys = keys

    def search(self, _):
        return iter(self._keys)


class DirectoryAsBucket:
    def get_client(self, name):
        assert name == bucket, name
        return self

    def get_paginator(self, _):
        return self

    def paginate(self, Bucket, Marker, Prefix):
        keys = []
        for folder, _, names in os.walk(directory):
            keys += [os.path.relpath(os.path.join(folder, n), directory).replace(os.sep, "/") for n in names]
        return Pages(sorted(k for k in keys if k.startswith(Prefix) and k > Marker))

    def get_object(self, Bucket, Key):
        path = os.path.join(directory, Key)
        if not os.path.exists(path):
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": Key}}, "GetObject")
        metadata = {}
        if os.path.exists(path + ".sig"):
            with open(path + ".sig") as signature:
                metadata = {"signature": signature.read(), "signature-algorithm": "SHA256withRSA"}
        with open(path, "rb") as content:
            return {"Body": io.BytesIO(content.read()), "Metadata": metadata}


class OneKey:
    def list_public_keys(self, StartTime, EndTime):
        with open(os.path.join(directory, "public-key.pem"), "rb") as pem:
            key = rsa.PublicKey.load_pkcs1_openssl_pem(pem.read())
        der = key.save_pkcs1("DER")
        return {"PublicKeyList": [{"Fingerprint": hashlib.md5(der).hexdigest(), "Value": base64.b64encode(der)}]}


command = CloudTrailValidateLogs(session=None)
command.trail_arn = f"arn:aws:cloudtrail:{region}:{account}:trail/{trail}"
command.is_verbose = True
command.s3_bucket = bucket
command.account_id = account
command.start_time = normalize_date(parse_date(start))
command.end_time = normalize_date(parse_date(end))
command._source_region = region
command.s3_client_provider = DirectoryAsBucket()
command.cloudtrail_client = OneKey()
command.organization_client = None
command._call()
print(f"digests {command._valid_digests} valid {command._invalid_digests} invalid, files {command._valid_logs} valid {command._invalid_logs} invalid")
sys.exit(1 if command._invalid_digests or command._invalid_logs or not command._valid_digests else 0)
