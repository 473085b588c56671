import { BlockList, isIP } from 'node:net';

/** Whom an address reaches. `nobody`: link-local, multicast and reserved ones, where no file server is ever meant. */
export type Reach = 'public' | 'private' | 'loopback' | 'nobody';

type Subnets = readonly (readonly [net: string, prefix: number])[];

const LOOPBACK = listOf([['127.0.0.0', 8]], [['::1', 128]]);
const PRIVATE = listOf(
  [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    // Shared by carriers and used inside clouds (RFC 6598).
    ['100.64.0.0', 10],
  ],
  [['fc00::', 7]],
);
// IANA's registries of special-purpose addresses.
const NOBODY = listOf(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    // Teredo and its neighbours, 6to4: each carries an IPv4 address that would pass unseen.
    ['2001::', 23],
    ['2002::', 16],
    ['2001:db8::', 32],
  ],
);
/** What is given out for use on the internet; everything else of IPv6 is special. */
const GLOBAL_IPV6 = listOf([], [['2000::', 3]]);

/**
 * Whom an IP address reaches. IPv6 addresses that stand for an IPv4 one (`::ffff:10.0.0.1`) count as that one.
 *
 * @param address without brackets; what is no address reaches nobody
 */
export function reachOf(address: string): Reach {
  const bare = address.replace(/%.*$/, '');
  const version = isIP(bare);
  if (version === 0) return 'nobody';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (LOOPBACK.check(bare, family)) return 'loopback';
  if (PRIVATE.check(bare, family)) return 'private';
  if (NOBODY.check(bare, family)) return 'nobody';
  return version === 4 || isMapped(bare) || GLOBAL_IPV6.check(bare, 'ipv6') ? 'public' : 'nobody';
}

const MAPPED = listOf([], [['::ffff:0:0', 96]]);

function isMapped(address: string): boolean {
  return MAPPED.check(address, 'ipv6');
}

function listOf(ipv4: Subnets, ipv6: Subnets): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ipv4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of ipv6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}
