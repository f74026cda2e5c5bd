import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress } from './addresses.ts';

const ranges: Readonly<Record<string, readonly string[]>> = {
  'this host and network': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: [
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    'fc00::1',
    'fd12::1',
  ],
  'link-local, with the clouds’ metadata': [
    '169.254.169.254',
    '169.254.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
  ],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'multicast and broadcast': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  reserved: [
    '240.0.0.1',
    '192.0.0.8',
    '198.18.0.1',
    '198.19.255.255',
    'fec0::1',
    '100::1',
    '5f00::1',
    '4000::1',
  ],
  documentation: ['192.0.2.1', '198.51.100.7', '203.0.113.9', '2001:db8::1', '3fff::1'],
  'IPv4-mapped and -compatible': ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a00:1', '::127.0.0.1'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::a00:1'],
  '6to4 and Teredo': ['2002:7f00:1::1', '2002:808:808::1', '192.88.99.1', '2001::1', '2001:0:7f00:1::1'],
  'no address at all': ['', 'localhost', '127.1', '0x7f000001', '1.2.3.4.5', '[::1]'],
};

for (const [range, addresses] of Object.entries(ranges))
  test(`nothing is ever connected to: ${range} [security 54]`, () => {
    for (const address of addresses) assert.equal(isPublicAddress(address), false, address);
  });

test('addresses right beside those ranges are the internet’s', () => {
  const beside = [
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2606:4700::1111',
    '2a00:1450::1',
  ];
  for (const address of beside) assert.equal(isPublicAddress(address), true, address);
});
