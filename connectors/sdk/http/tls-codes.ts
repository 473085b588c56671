/** Whether an error's code is of a connection that cannot be encrypted or trusted. */
export function isTlsCode(code: string): boolean {
  return /^(CERT_|CRL_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|EPROTO$|ERR_OSSL_)/.test(
    code,
  );
}
